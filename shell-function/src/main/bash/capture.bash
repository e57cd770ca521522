__lshell_leave() {
  shopt -po >| "$1/options"
  set +efuvx +o posix
  unset -f __lshell_leave
  {
    shopt -p
    printf 'unalias -a\n'
    alias -p
    declare -f
    export -pf
    umask -p
    umask 077
    printf 'cd -- %q 2>/dev/null\n' "$PWD"
    while IFS='=' read -r -d '' __lshell_name __lshell_value; do
      case $__lshell_name in
        *[!a-zA-Z0-9_]* | [0-9]* | AWS_* | _AWS_* | _X_AMZN_* | LAMBDA_* | _HANDLER | BASH* | SHLVL | _) ;;
        *) [[ -v $__lshell_name ]] || printf 'unset -v %s\n' "$__lshell_name" ;;
      esac
    done < /proc/$$/environ
    compgen -v >| "$1/names"
    while IFS= read -r __lshell_name; do
      case $__lshell_name in
        AWS_* | _AWS_* | _X_AMZN_* | LAMBDA_* | _HANDLER | BASH* | COMP_* | EPOCH* | __lshell_* | DIRSTACK | EUID) ;;
        FUNCNAME | GROUPS | HISTCMD | LINENO | PIPESTATUS | PPID | PWD | RANDOM | SECONDS | SHELLOPTS) ;;
        SHLVL | SRANDOM | UID | _) ;;
        *) declare -p "$__lshell_name" ;;
      esac
    done < "$1/names"
    # On one line, so that set -v and set -x show nothing of it.
    while IFS= read -r __lshell_name; do
      case $__lshell_name in
        *noexec | *onecmd) ;;
        *) printf '%s; ' "$__lshell_name" ;;
      esac
    done < "$1/options"
    printf '\n'
  } >| "$1/state"
  printf '%s' "$PWD" >| "$1/directory"
}
