package io.github.lambdashell.local.sts;

import io.github.lambdashell.local.http.Service;
import io.github.lambdashell.local.query.QueryService;
import java.util.Map;

/** Says who the endpoint's one user is. */
public final class StsService {
    private StsService() {}

    /** @param accountId 12 digits */
    public static Service create(String accountId) {
        return new QueryService(
                "https://sts.amazonaws.com/doc/2011-06-15/",
                Map.of(
                        "GetCallerIdentity",
                        request -> xml -> xml.element("Arn", "arn:aws:iam::" + accountId + ":user/lshell")
                                .element("UserId", "AIDALSHELLLOCALTARGET")
                                .element("Account", accountId)));
    }
}
