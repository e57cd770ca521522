package com.example;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

public class PriceOrder implements RequestHandler<PriceOrder.Order, PriceOrder.Receipt> {
    public static final class Order {
        public String item;
        public int quantity;
    }

    public record Receipt(String item, int total) {}

    private static final Logger LOG = LoggerFactory.getLogger(PriceOrder.class);

    @Override
    public Receipt handleRequest(Order order, Context context) {
        return PowertoolsLogging.withLogging(context, () -> {
            LOG.info("Priced", entry("item", order.item));
            return new Receipt(order.item, 12 * order.quantity);
        });
    }
}
