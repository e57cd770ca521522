package com.example;

public class App {
    public static void main(String[] args) {
        System.out.println(System.getenv("GREETING"));
    }

    public String handleRequest(String name) {
        return System.getenv("GREETING") + ", " + name;
    }
}
