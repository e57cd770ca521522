# Starts the function's extensions and reports their exit statuses, as "x", the number of the extension and the status.
#
# Runs in a shell of its own, in which descriptor 5 is a file for their output. LSHELL_ENVIRONMENT has commands that set the
# runtime's environment. Arguments: the extensions' programs.
number=0
for program; do
    number=$((number + 1))
    {
        (
            set -- "$program"
            eval "$LSHELL_ENVIRONMENT"
            # Lambda withholds these, as they are about the runtime.
            unset AWS_EXECUTION_ENV AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_XRAY_CONTEXT_MISSING \
                AWS_XRAY_DAEMON_ADDRESS LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT _AWS_XRAY_DAEMON_ADDRESS \
                _AWS_XRAY_DAEMON_PORT _HANDLER
            exec "$@"
        ) </dev/null >&5 2>&5 5>&-
        echo "x$number $?"
    } &
done
wait
