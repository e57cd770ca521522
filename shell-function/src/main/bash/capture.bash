# Writes the state that a bash leaves as a script that restores it. The EXIT trap of a session's shell sources this file.
#
# Arguments: a folder, and a file with the sandbox's own variables (NAME=VALUE, each ended by a NUL). The folder's file
# `state` must exist, as under the command's umask the shell might create one that nobody can read. The file `directory`
# is written last: without it the state is not complete.
#
# The last line of the state sets the options that show or check every command after them. Only builtins are used, as
# PATH may be anything; `\builtin` is safe from functions and aliases of the same names, and no function is added.
__lshell_options=$SHELLOPTS
__lshell_shopts=$BASHOPTS
\builtin shopt -u expand_aliases
\builtin set +efuvx
{
  \builtin printf '# lshell state 1\n'
  # Before posix mode ends, which changes some of them. Aliases stay off until functions are read: they have them in
  # them already.
  \builtin shopt -p
  \builtin shopt -u nocasematch
  \builtin set +o posix
  \builtin printf "cd -- %q 2>/dev/null || printf 'lshell: %%s is not there any more, going on in %%s\\\\n' %q \"\$PWD\" >&2\n" \
    "$PWD" "$PWD"
  \builtin umask -p
  \builtin umask 077
  \builtin alias -p
  # Read without a name, a line is not split at IFS, which may be readonly.
  \builtin declare -p REPLY
  \builtin declare -A __lshell_sandbox __lshell_start __lshell_seen
  __lshell_seen[REPLY]=1
  while \builtin read -r -d ''; do
    __lshell_sandbox[${REPLY%%=*}]=${REPLY#*=}
  done <"$2"
  while \builtin read -r -d ''; do
    __lshell_start[${REPLY%%=*}]=1
  done </proc/$$/environ
  \builtin declare -p >|"$1/variables"
  while \builtin read -r; do
    # Any other line belongs to the value of the line before it.
    [[ $REPLY == 'declare -'* ]] || continue
    __lshell_flags=${REPLY#declare }
    __lshell_name=${__lshell_flags#* }
    __lshell_flags=${__lshell_flags%% *}
    __lshell_name=${__lshell_name%%=*}
    [[ ! $__lshell_name || $__lshell_name == *[!a-zA-Z0-9_]* || ${__lshell_seen[$__lshell_name]} ]] && continue
    __lshell_seen[$__lshell_name]=1
    case $__lshell_name in
      _ | _HANDLER | _X_AMZN_* | BASH | BASHOPTS | BASHPID | BASH_* | COLUMNS | COMP_WORDBREAKS | DIRSTACK) continue ;;
      EPOCHREALTIME | EPOCHSECONDS | EUID | FUNCNAME | GROUPS | HISTCMD | HOSTNAME | HOSTTYPE | LINENO | LINES | MACHTYPE) continue ;;
      OSTYPE | PIPESTATUS | PPID | PWD | RANDOM | SECONDS | SHELLOPTS | SHLVL | SRANDOM | UID | __lshell_*) continue ;;
    esac
    if [[ ${__lshell_sandbox[$__lshell_name]+set} ]]; then
      if [[ $__lshell_flags == -x && ${!__lshell_name} == "${__lshell_sandbox[$__lshell_name]}" ]]; then
        continue
      fi
    fi
    # It would keep the attribute that it has from the environment.
    if [[ ${__lshell_start[$__lshell_name]}${__lshell_sandbox[$__lshell_name]+1} && $__lshell_flags != *x* ]]; then
      \builtin printf 'unset -v %s\n' "$__lshell_name"
    fi
    \builtin declare -p "$__lshell_name"
  done <"$1/variables"
  for __lshell_name in "${!__lshell_start[@]}" "${!__lshell_sandbox[@]}"; do
    if [[ $__lshell_name && $__lshell_name != *[!a-zA-Z0-9_]* && ! ${__lshell_seen[$__lshell_name]} ]]; then
      case $__lshell_name in
        _ | _HANDLER | _X_AMZN_* | BASH_* | SHLVL) ;;
        *) \builtin printf 'unset -v %s\n' "$__lshell_name" ;;
      esac
    fi
  done
  __lshell_attributes=
  \builtin declare -F >|"$1/functions"
  while \builtin read -r; do
    if [[ $REPLY != 'declare -f '* ]]; then
      __lshell_attributes+="\\builtin $REPLY"$'\n'
      # Else bash would print them between the functions, without `builtin`.
      \builtin declare -f +xt "${REPLY##* }"
    fi
  done <"$1/functions"
  \builtin declare -f
  \builtin printf %s "$__lshell_attributes"
  [[ :$__lshell_shopts: != *:expand_aliases:* ]] || \builtin printf '\\builtin shopt -s expand_aliases; '
  \builtin printf '\\builtin set +o braceexpand +o hashall +o interactive-comments'
  for __lshell_name in braceexpand hashall interactive-comments allexport emacs errexit errtrace functrace history ignoreeof \
    keyword monitor noclobber noglob nolog notify nounset physical pipefail posix verbose vi xtrace; do
    [[ :$__lshell_options: != *:$__lshell_name:* ]] || \builtin printf ' -o %s' "$__lshell_name"
  done
  \builtin printf '\n'
} >|"$1/state"
\builtin printf '%s' "$PWD" >|"$1/directory"
