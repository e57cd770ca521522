# Starts a sandbox in namespaces of its own and clears up behind it, however it ended.
# Arguments: the sandbox's directory, the command.
directory=$1
shift
"$@"
rm -rf -- "$directory"
