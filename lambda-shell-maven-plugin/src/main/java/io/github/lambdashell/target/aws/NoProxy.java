package io.github.lambdashell.target.aws;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The variable NO_PROXY: hosts that are reached without a proxy, as curl reads it. In addition to what curl reads, a
 * domain may begin with {@code *.}, and an IPv6 address may be in brackets. As for curl, an entry with a port matches
 * nothing, and a name's addresses are not looked up.
 *
 * @see <a href="https://curl.se/libcurl/c/CURLOPT_NOPROXY.html">CURLOPT_NOPROXY</a>
 */
final class NoProxy {
    private NoProxy() {}

    /**
     * Returns the condition that a host is reached without a proxy, for the host of a URI.
     *
     * @param value the variable's value, not null
     */
    static Predicate<String> direct(String value) {
        return value.equals("*")
                ? host -> true
                : Stream.of(value.split("[,\\s]+"))
                        .filter(entry -> !entry.isEmpty())
                        .map(NoProxy::entry)
                        .reduce(host -> false, Predicate::or);
    }

    private static Predicate<String> entry(String entry) {
        String[] parts = entry.split("/", 2);
        InetAddress network = NetUtil.createInetAddressFromIpAddressString(parts[0]);
        if (network == null) {
            String domain = withoutDot(entry.replaceFirst("^\\*?\\.", ""));
            return host -> isBelow(withoutDot(host), domain);
        }
        int bits = network.getAddress().length * 8;
        int prefix = parts.length == 1 ? bits : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (prefix < 0 || prefix > bits) {
            return host -> false;
        }
        IpSubnetFilterRule subnet = new IpSubnetFilterRule(network, prefix, IpFilterRuleType.ACCEPT);
        return host -> {
            InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
            return address != null && subnet.matches(new InetSocketAddress(address, 0));
        };
    }

    private static boolean isBelow(String host, String domain) {
        return !domain.isEmpty()
                && NetUtil.createInetAddressFromIpAddressString(host) == null
                && ("." + host).endsWith("." + domain);
    }

    private static String withoutDot(String name) {
        return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
    }
}
