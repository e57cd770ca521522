package com.example.log;

public class ConsoleProvider implements LogProvider {}
