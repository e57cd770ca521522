# Writes the state that a bash leaves as a script that restores it. The EXIT trap of a session's shell sources this file
# in posix mode, where no function can replace a special builtin such as `export`, and has put the shell's options from
# before into __lshell_options and __lshell_shopts.
#
# Arguments: a folder; a script that fills the associative array `__lshell_sandbox` with the sandbox's own variables; the
# names of the variables that the request has set. The folder's file `state` must exist, as under the command's umask
# the shell might create one that nobody can read. The file `directory` is written last: without it the state is not
# complete.
#
# The last line of the state sets the options that show or check every command after them. Only builtins are used, as
# PATH may be anything; `\builtin` is safe from functions and aliases of the same names once a function of its own name is
# gone, and no function is added. There is no reserved word before aliases are off.
\set +efuvx
__lshell_builtin=$(\export -f builtin && \unset -f export && \set +o posix && \export -pf)
__lshell_exported=$(\export -pf)
\unset -f builtin
\builtin enable builtin || \enable builtin
\builtin enable alias continue declare eval mapfile printf set shopt umask unset .
\builtin set +o posix
\builtin shopt -u expand_aliases nocasematch
__lshell_shopts=${__lshell_shopts/extdebug:/}
{
  # Aliases stay off until functions are read: they have them in them already. In a shell that starts, `extdebug` would
  # start a debugger.
  \builtin printf '# lshell state 1\nshopt -u ${BASHOPTS//:/ }; shopt -s %s; shopt -u expand_aliases\n' "${__lshell_shopts//:/ }"
  \builtin printf "cd -- %q 2>/dev/null || printf 'lshell: %%s is not there any more, going on in %%s\\\\n' %q \"\$PWD\" >&2\n" \
    "$PWD" "$PWD"
  \builtin umask -p
  \builtin umask 077
  \builtin alias -p
  \builtin declare -A __lshell_sandbox __lshell_request __lshell_seen
  \builtin . "$2"
  for __lshell_name in "${@:3}"; do
    __lshell_request[$__lshell_name]=1
  done
  # The shell's own variables, and those of the function.
  for __lshell_name in _ _HANDLER BASH BASHOPTS BASHPID COLUMNS COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID \
    FUNCNAME GROUPS HANDLER_PID HISTCMD HOSTNAME HOSTTYPE LINENO LINES MACHTYPE OSTYPE PIPESTATUS PPID PWD RANDOM SECONDS \
    SHELLOPTS SHLVL SRANDOM UID; do
    __lshell_seen[$__lshell_name]=1
  done
  \builtin declare -p >|"$1/variables"
  \builtin mapfile -t __lshell_lines <"$1/variables"
  __lshell_names=("${__lshell_lines[@]#declare -* }")
  __lshell_names=("${__lshell_names[@]%%=*}")
  for __lshell_index in "${!__lshell_names[@]}"; do
    __lshell_name=${__lshell_names[__lshell_index]}
    case $__lshell_name in
      # A value of more than one line has lines without a name.
      BASH_* | _X_AMZN_* | __lshell_* | *[!a-zA-Z0-9_]* | '') \builtin continue ;;
    esac
    [[ ! ${__lshell_seen[$__lshell_name]} ]] || \builtin continue
    __lshell_seen[$__lshell_name]=1
    __lshell_line=${__lshell_lines[__lshell_index]}
    if [[ $__lshell_line == 'declare -x '* && ${__lshell_sandbox[$__lshell_name]+set} &&
      ${!__lshell_name} == "${__lshell_sandbox[$__lshell_name]}" ]]; then
      \builtin continue
    fi
    # A variable that is not exported would keep the attribute that it has from the environment.
    __lshell_line=${__lshell_line#declare -}
    if [[ ${__lshell_line%% *} != *x* && ${__lshell_sandbox[$__lshell_name]+1}${__lshell_request[$__lshell_name]} ]]; then
      \builtin printf 'unset -v %s\n' "$__lshell_name"
    fi
    if [[ $__lshell_name == LANG || $__lshell_name == LC_* ]]; then
      # Bash warned of a locale that is not there when the command set it.
      \builtin printf '{ %s; } 2>/dev/null\n' "$(\builtin declare -p "$__lshell_name")"
    else
      \builtin declare -p "$__lshell_name"
    fi
  done
  for __lshell_name in "${!__lshell_sandbox[@]}" "${!__lshell_request[@]}"; do
    if [[ ! ${__lshell_seen[$__lshell_name]} && $__lshell_name != BASH_* && $__lshell_name != _X_AMZN_* ]]; then
      \builtin printf 'unset -v %s\n' "$__lshell_name"
    fi
  done
  # The client gives it to commands with prompts.
  if \builtin declare -F read >/dev/null && [[ $(\builtin declare -f read) == *__lshell_prompt* ]]; then
    \builtin unset -f read
  fi
  \builtin declare -F >|"$1/functions"
  \builtin mapfile -t __lshell_lines <"$1/functions"
  for __lshell_line in "${__lshell_lines[@]}"; do
    # Else bash would print attributes between the functions, without `builtin`.
    [[ $__lshell_line == 'declare -f '* ]] || \builtin declare -f +xt "${__lshell_line##* }"
  done
  \builtin declare -f
  for __lshell_line in "${__lshell_lines[@]}"; do
    [[ $__lshell_line == 'declare -f '* ]] || \builtin printf '\\builtin %s\n' "$__lshell_line"
  done
  [[ :$__lshell_shopts: != *:expand_aliases:* ]] || \builtin printf '\\builtin shopt -s expand_aliases; '
  __lshell_options=:$__lshell_options:
  for __lshell_name in interactive noexec onecmd privileged; do
    __lshell_options=${__lshell_options/:$__lshell_name:/:}
  done
  __lshell_options=${__lshell_options#:}
  __lshell_options=${__lshell_options%:}
  \builtin printf '\\builtin set +o braceexpand +o hashall +o interactive-comments%s' \
    "${__lshell_options:+ -o ${__lshell_options//:/ -o }}"
  if [[ $__lshell_builtin ]]; then
    # Last, as nothing can be trusted after it.
    __lshell_line=$(\builtin unset -f declare; \builtin eval "$__lshell_builtin"; \declare -f builtin)
    [[ $__lshell_exported$'\n' != *'export -f builtin'$'\n'* ]] || __lshell_line+=$'\n\\declare -fx builtin'
    \builtin printf '; { \\builtin eval %q; } 2>/dev/null' "$__lshell_line"
  fi
  \builtin printf '\n'
} >|"$1/state"
\builtin printf '%s' "$PWD" >|"$1/directory"
