# Runs a function's runtime in this process group, and ends everything with Maven.
#
# Standard input is a pipe held by Maven: a first line starts the runtime, a second one ends it, and the pipe's end means
# that Maven has gone or wants the sandbox gone. Standard output tells the runtime's exit status, standard error is the
# function's log. Arguments: the Runtime API's address, the sandbox's own directory, the runtime's command.
address=$1
directory=$2
shift 2
read -r _ || exit
# What the shell itself has to say, of a process that was killed, is not for the function's log.
exec 3<&0 </dev/null 4>&2 2>/dev/null
ulimit -n 1024

# The port and this process make it unique.
mark=$((${address##*:} * 4194304 + $$))

# Ends what carries the mark, also where it has left the process group or emptied its environment. The shells that run
# this script don't carry it.
sweep() {
    for _ in 1 2 3; do
        found=$(grep -ls "^Max file locks  *$mark " /proc/[0-9]*/limits)
        [ -n "$found" ] || break
        for file in $found; do
            file=${file#/proc/}
            kill -s KILL "${file%/limits}"
        done
    done
}

obey() {
    # Who ends a build by signals to each of its processes shall not end this one first: Maven's end does.
    trap '' HUP INT QUIT TERM
    if read -r _; then
        sweep
    else
        sweep
        rm -rf -- "$directory"
    fi
    kill -s KILL 0
}

obey <&3 >/dev/null 4>&- &
# In the foreground, for a shell lets its background processes ignore Ctrl-C's signal. The variables removed are the
# shell's own; Lambda's runtime gets none of them.
(
    # A limit that Linux has without heeding it: children inherit it whatever else they do. bash calls it -x, dash -w.
    ulimit -x $mark || ulimit -w $mark
    export AWS_LAMBDA_RUNTIME_API="$address"
    exec env -u _ -u SHLVL -u PWD -u OLDPWD "$@" >&4 2>&4 3<&- 4>&-
)
echo $?
exec >/dev/null
sweep
kill -s KILL 0
