# Runs a function's runtime as a child in this process group, and ends everything with Maven.
#
# Standard input is a pipe held by Maven: a line on it means "end the runtime", its end means that Maven has gone or
# wants the sandbox gone. Standard output tells the runtime's process id, then its exit status; standard error is the
# function's log.
# Arguments: the Runtime API's address, the sandbox's own directory, the runtime's command.
address=$1
directory=$2
shift 2
exec 3<&0

# Ends what carries this sandbox's address in its environment, also where it has left the process group. The shells
# that run this script don't carry it.
sweep() {
    for _ in 1 2 3; do
        found=$(grep -lzsxF "AWS_LAMBDA_RUNTIME_API=$address" /proc/[0-9]*/environ)
        [ -n "$found" ] || break
        for file in $found; do
            file=${file#/proc/}
            kill -KILL "${file%/environ}" 2>/dev/null
        done
    done
}

{
    if read -r _; then
        sweep
    else
        sweep
        rm -rf -- "$directory"
    fi
    kill -KILL 0
} <&3 >/dev/null 2>&1 &

# The variables removed are the shells' own; Lambda's runtime gets none of them.
{
    export AWS_LAMBDA_RUNTIME_API="$address"
    exec env -u _ -u SHLVL -u PWD -u OLDPWD "$@" >&2 3<&-
} </dev/null &
echo $!
wait $!
echo $?
exec >/dev/null 2>&1
sweep
kill -KILL 0
