package com.example.http;

public interface HttpService {}
