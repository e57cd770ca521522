package com.example;

import java.util.function.Function;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Shop {
    public record Order(String item, int quantity) {}

    public record Receipt(String item, int total) {}

    @Bean
    public Function<Order, Receipt> price() {
        return order -> new Receipt(order.item(), 12 * order.quantity());
    }
}
