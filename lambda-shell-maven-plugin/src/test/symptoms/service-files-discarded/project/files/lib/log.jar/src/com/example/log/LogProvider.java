package com.example.log;

public interface LogProvider {}
