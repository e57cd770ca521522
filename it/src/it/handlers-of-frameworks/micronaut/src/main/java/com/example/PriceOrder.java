package com.example;

import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;

public class PriceOrder extends MicronautRequestHandler<PriceOrder.Order, PriceOrder.Receipt> {
    public static final class Order {
        public String item;
        public int quantity;
    }

    public static final class Receipt {
        public String item;
        public int total;
    }

    @Inject
    Prices prices;

    @Override
    public Receipt execute(Order order) {
        Receipt receipt = new Receipt();
        receipt.item = order.item;
        receipt.total = prices.of(order.item) * order.quantity;
        return receipt;
    }
}
