package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.inject.Inject;

public class PriceOrder implements RequestHandler<PriceOrder.Order, PriceOrder.Receipt> {
    public record Order(String item, int quantity) {}

    public record Receipt(String item, int total) {}

    @Inject
    Prices prices;

    @Override
    public Receipt handleRequest(Order order, Context context) {
        return new Receipt(order.item(), prices.of(order.item()) * order.quantity());
    }
}
