# Runs a function's runtime in this process group, and ends everything with Maven.
#
# Standard input is a pipe held by Maven: a first line starts the runtime, a second one ends it, and the pipe's end means
# that Maven has ended or wants the sandbox to end. Standard output has the runtime's exit status, standard error is the
# function's log. LSHELL_ENVIRONMENT has commands that set the runtime's environment.
# Arguments: the Runtime API's address, the sandbox's own directory, the runtime's command.
#
# A function with extensions has commands that start them in LSHELL_EXTENSIONS. The first line then starts them, and one
# more line, "start", the runtime. A line "term" asks the runtime to end. The runtime's status is reported as "x0 STATUS",
# and they go on until the last line.
address=$1
directory=$2
shift 2
read -r _ || exit
# The shell's own messages about killed processes don't belong in the function's log.
exec 3<&0 </dev/null 4>&2 2>/dev/null
ulimit -n 1024
ulimit -c 0

# The port and this process make it unique.
mark=$((${address##*:} * 4194304 + $$))

# Limits what a command that forks without end can take from this machine. The limit counts all processes and threads of
# the user, of which there are at most as many as the machine has now. Root is not limited. dash calls the limit -p.
limit_processes() {
    read -r _ _ _ now _ </proc/loadavg
    most=$((${now#*/} + 742))
    { ulimit -u "$most" || ulimit -p "$most"; } 2>/dev/null
}

# Ends the processes that carry the mark, including those that left the process group or emptied their environment. The
# shells that run this script don't carry it.
sweep() {
    # Stopped first: while some are being killed, others would fork.
    for signal in STOP STOP KILL STOP STOP KILL STOP STOP KILL; do
        found=$(grep -ls "^Max file locks  *$mark " /proc/[0-9]*/limits)
        [ -n "$found" ] || break
        for file in $found; do
            file=${file#/proc/}
            kill -s "$signal" "${file%/limits}"
        done
    done
}

# The runtime is the child of the main shell that is neither this one nor that of the extensions.
terminate() {
    read -r self _ </proc/self/stat
    read -r children <"/proc/$$/task/$$/children"
    for child in $children; do
        [ "$child" = "$self" ] || [ "$child" = "$extensions" ] || kill -s TERM "$child"
    done
}

obey() {
    # Some CI servers send a signal to each process of a build. This process must not end before Maven does.
    trap '' HUP INT QUIT TERM
    word=term
    while [ "$word" = term ] && read -r word; do
        [ "$word" != term ] || terminate
    done
    if [ -n "$word" ]; then
        sweep
    else
        sweep
        # Maven closes the pipe also when a function has killed the shell that runs this script, and goes on then.
        kill -s 0 "$$" && rm -rf -- "$directory"
    fi
    kill -s KILL 0
}

extensions=
if [ -n "$LSHELL_EXTENSIONS" ]; then
    exec 5>>"$directory/extensions.log"
    (
        { ulimit -x "$mark" || ulimit -w "$mark"; } 2>/dev/null
        limit_processes
        eval "$LSHELL_EXTENSIONS"
    ) 3<&- 4>&- &
    extensions=$!
    exec 5>&-
    read -r word <&3
    case $word in
        start) ;;
        kill)
            sweep
            kill -s KILL 0
            ;;
        *) obey </dev/null ;;
    esac
fi

obey <&3 >/dev/null 4>&- &
# In the foreground, because background processes of a shell ignore Ctrl-C's signal.
(
    # Linux has this limit and does not enforce it; children inherit it whatever else they do. bash calls it -x, dash -w.
    { ulimit -x "$mark" || ulimit -w "$mark"; } 2>/dev/null
    limit_processes
    eval "$LSHELL_ENVIRONMENT"
    exec "$@"
) >&4 2>&4 3<&- 4>&-
status=$?
if [ -n "$extensions" ]; then
    echo "x0 $status"
    wait "$extensions"
fi
echo $status
exec >/dev/null
sweep
kill -s KILL 0
