package com.example.apache;

import com.example.http.HttpService;

public class ApacheService implements HttpService {}
