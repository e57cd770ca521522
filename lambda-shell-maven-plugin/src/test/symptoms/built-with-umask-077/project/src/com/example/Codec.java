package com.example;

public class Codec {}
