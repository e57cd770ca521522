package io.github.lambdashell.emulator.sts;

import io.github.lambdashell.emulator.Service;
import io.github.lambdashell.emulator.query.QueryService;
import java.util.Map;

/** An implementation of GetCallerIdentity. */
public final class StsService {
    private StsService() {}

    /** Creates the service for the emulator's user. */
    public static Service create(String accountId) {
        return create(accountId, "arn:aws:iam::" + accountId + ":user/lshell", "AIDALSHELLLOCALTARGET");
    }

    /**
     * Creates the service for a caller.
     *
     * @param accountId 12 digits
     */
    static Service create(String accountId, String arn, String userId) {
        return new QueryService(
                "https://sts.amazonaws.com/doc/2011-06-15/",
                Map.of(
                        "GetCallerIdentity",
                        request -> xml -> xml.element("Arn", arn)
                                .element("UserId", userId)
                                .element("Account", accountId)));
    }
}
