package com.example;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Prices {
    int of(String item) {
        return 12;
    }
}
