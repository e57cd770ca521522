package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    /** The rows agree with curl 7.88.1, which was asked for each of them. */
    @ParameterizedTest(name = "NO_PROXY=''{0}'' and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | a.invalid   | proxy",
                "b                         | a.invalid   | proxy",
                "*                         | a.invalid   | direct",
                "*                         | 127.0.0.2   | direct",
                "' *'                      | a.invalid   | proxy",
                "*,b                       | a.invalid   | proxy",
                "a.invalid                 | a.invalid   | direct",
                "a.invalid                 | x.a.invalid | direct",
                "a.invalid                 | xa.invalid  | proxy",
                "x.a.invalid               | a.invalid   | proxy",
                ".a.invalid                | a.invalid   | direct",
                ".a.invalid                | x.a.invalid | direct",
                "..a.invalid               | a.invalid   | proxy",
                ".                         | a.invalid   | proxy",
                "a.invalid.                | a.invalid   | direct",
                "a.invalid                 | a.invalid.  | direct",
                "a.invalid..               | a.invalid   | proxy",
                "A.Invalid                 | a.INVALID   | direct",
                "a.*                       | a.invalid   | proxy",
                "b a.invalid               | a.invalid   | direct",
                "b, a.invalid              | a.invalid   | direct",
                "b ,a.invalid              | a.invalid   | direct",
                "',, a.invalid , '         | a.invalid   | direct",
                "a.invalid;b               | a.invalid   | proxy",
                "a.invalid:80              | a.invalid   | proxy",
                "127.0.0.2:80              | 127.0.0.2   | proxy",
                "127.0.0.2                 | 127.0.0.2   | direct",
                "127.0.0.0/8               | 127.0.0.2   | direct",
                "127.0.0.3/31              | 127.0.0.2   | direct",
                "127.0.0.4/30              | 127.0.0.2   | proxy",
                "127.0.0.2/32              | 127.0.0.2   | direct",
                "127.0.0.2/33              | 127.0.0.2   | proxy",
                "127.0.0.0/x               | 127.0.0.2   | proxy",
                "127.0.0.0/                | 127.0.0.2   | proxy",
                "127.                      | 127.0.0.2   | proxy",
                "127.0.0.*                 | 127.0.0.2   | proxy",
                ".0.0.2                    | 127.0.0.2   | proxy",
                "127.0.0.0/8               | localhost   | proxy",
                "::1                       | [::1]       | direct",
                "FD00::1                   | [fd00::1]   | direct",
                "[::1]:80                  | [::1]       | proxy",
                "127.0.0.2                 | [::1]       | proxy",
                "::1                       | 127.0.0.2   | proxy",
            })
    void isReadAsCurlReadsIt(String value, String host, String way) {
        assertThat(way(value, host)).isEqualTo(way);
    }

    /**
     * Forms that curl documents, but 7.88.1 does not match, because it compares IPv6 addresses as text and networks of 0
     * bits as addresses; and forms of other programs whose meaning is clear.
     */
    @ParameterizedTest(name = "NO_PROXY=''{0}'' and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0:0:0:0:0:0:0:1 | [::1]       | direct",
                "fd00::/8        | [fd12::1]   | direct",
                "fc00::/7        | [fd00::1]   | direct",
                "fd00::/9        | [fd80::1]   | proxy",
                "fd00::/129      | [fd00::]    | proxy",
                "::/0            | [fd00::1]   | direct",
                "::/0            | 127.0.0.2   | proxy",
                "0.0.0.0/0       | 127.0.0.2   | direct",
                "[::1]           | [::1]       | direct",
                "*.a.invalid     | x.a.invalid | direct",
                "*.a.invalid     | xa.invalid  | proxy",
            })
    void alsoReadsWhatCurlDocumentsAndOthersTake(String value, String host, String way) {
        assertThat(way(value, host)).isEqualTo(way);
    }

    private static String way(String value, String host) {
        return NoProxy.direct(value).test(host) ? "direct" : "proxy";
    }
}
