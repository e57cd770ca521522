package com.example.url;

import com.example.http.HttpService;

public class UrlService implements HttpService {}
