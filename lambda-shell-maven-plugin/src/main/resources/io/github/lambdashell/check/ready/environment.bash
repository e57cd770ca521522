# Prints the facts of this execution environment in groups: a line "[group]", then lines "name = value". $variables has the
# names of environment variables whose values are printed, one per line. LSHELL_TARGET, LSHELL_RUNTIME,
# LSHELL_ARCHITECTURE, LSHELL_LAYERS and LSHELL_MEMORY_SIZE are what the build knows. Few processes, since each costs a millisecond or more; no process
# substitution, which needs /dev/fd.
shopt -s nullglob
LC_ALL=C

fact() {
  local name=${1//$'\n'/\\n} value=${2//$'\n'/\\n}
  value=${value//$'\r'/\\r}
  printf '%s\n' "$name${value:+ = $value}"
}

# Reads NAME=value or NAME="value" of a file into the array properties.
read_properties() {
  local name value
  properties=()
  [ -r "$1" ] || return 1
  while IFS== read -r name value; do
    value=${value%\"}
    properties[${name:-_}]=${value#\"}
  done < "$1"
}
declare -A properties

echo '[environment]'
fact target "$LSHELL_TARGET"
fact runtime "$LSHELL_RUNTIME"
fact architecture "$LSHELL_ARCHITECTURE"
if [ -n "$LSHELL_MEMORY_SIZE" ]; then fact memory-size "$LSHELL_MEMORY_SIZE"; fi
if [ -n "$LSHELL_RUNTIME_VERSION" ]; then fact runtime-version "$LSHELL_RUNTIME_VERSION"; fi

echo '[system]'
if read_properties /etc/os-release; then
  if [ -n "${properties[ID]}" ]; then fact os "${properties[ID]}${properties[VERSION_ID]:+ ${properties[VERSION_ID]}}"; fi
  fact os-name "${properties[PRETTY_NAME]}"
fi
read -r kernel < /proc/sys/kernel/osrelease
fact kernel "$kernel"
fact machine "$(uname -m)"
for library in /lib64/libc.so.6 /lib/libc.so.6 /lib/*-linux-gnu/libc.so.6; do
  if [[ "$("$library" 2> /dev/null)" =~ release\ version\ ([0-9.]+[0-9]) ]]; then
    fact c-library "glibc ${BASH_REMATCH[1]}"
    break
  fi
done

echo '[cpu]'
while IFS=: read -r name value; do
  case $name in
    flags* | Features*)
      for flag in $value; do echo "$flag"; done
      break
      ;;
  esac
done < /proc/cpuinfo

echo '[user]'
for ids in $(id); do fact "${ids%%=*}" "${ids#*=}"; done

echo '[limits]'
while IFS= read -r limit; do
  if [[ $limit =~ ^Max\ ([a-z]+(\ [a-z]+)*)\ \ +([0-9a-z]+)\ +([0-9a-z]+) ]]; then
    soft=${BASH_REMATCH[3]} hard=${BASH_REMATCH[4]}
    if [ "$soft" != "$hard" ]; then soft="$soft, hard $hard"; fi
    fact "${BASH_REMATCH[1]}" "$soft"
  fi
done < /proc/self/limits

echo '[mounts]'
declare -A sizes mounts
while read -r _ blocks _ _ _ point; do sizes[${point:-_}]=$blocks; done <<< "$(df -P -k 2> /dev/null)"
while read -r _ point type options _; do
  # Of several over each other, the last one counts. Devices are files.
  if [ -d "$point" ]; then mounts[$point]="$type $options${sizes[$point]:+, ${sizes[$point]} KB}"; fi
done < /proc/self/mounts
for point in "${!mounts[@]}"; do fact "$point" "${mounts[$point]}"; done

echo '[variables]'
for name in $(compgen -e); do
  case $name in
    LSHELL_* | HANDLER_PID | LC_ALL | PWD | OLDPWD | SHLVL | _) ;;
    *)
      case $'\n'$variables$'\n' in
        *$'\n'"$name"$'\n'*) fact "$name" "${!name}" ;;
        *) echo "$name" ;;
      esac
      ;;
  esac
done

java=
if find_jvm; then
  java=$(command -v "${jvm[0]}")
  java=$(readlink -f "$java")
  java=${java%/bin/java}
fi
if [ -n "$java" ]; then
  echo '[java]'
  if read_properties "$java/release"; then
    fact version "${properties[JAVA_RUNTIME_VERSION]:-${properties[JAVA_VERSION]}}"
    fact vendor "${properties[IMPLEMENTOR]}"
  fi
  for option in "${jvm[@]:1}" $JAVA_TOOL_OPTIONS; do echo "$option"; done
  echo '[modules]'
  for module in ${properties[MODULES]}; do echo "$module"; done
fi

echo '[certificates]'
bundles=()
for bundle in /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/pki/tls/certs/ca-bundle.crt \
  /etc/ssl/certs/ca-certificates.crt "${java:+$java/lib/security/cacerts}"; do
  if [ -r "$bundle" ]; then bundles+=("$bundle"); fi
done
if [ ${#bundles[@]} -gt 0 ]; then
  while read -r digest bundle; do fact "$bundle" "sha256 $digest"; done <<< "$(sha256sum "${bundles[@]}")"
fi

echo '[packages]'
if [ -d /var/lib/rpm ] && command -v rpm > /dev/null; then
  rpm -qa --qf '%{NAME} = %{VERSION}-%{RELEASE}\n' 2> /dev/null
elif [ -r /var/lib/dpkg/status ]; then
  package=
  while IFS= read -r line; do
    case $line in
      Package:*) package=${line#*: } ;;
      Version:*) fact "$package" "${line#*: }" ;;
    esac
  done <<< "$(grep -E '^(Package|Version): ' /var/lib/dpkg/status)"
fi

echo '[programs]'
declare -A programs
IFS=: read -r -a folders <<< "$PATH"
for folder in "${folders[@]}"; do
  folder=${folder%/}
  for program in "$folder"/*; do
    name=${program##*/}
    if [ -x "$program" ] && [ ! -d "$program" ] && [ -z "${programs[$name]}" ]; then programs[$name]=$folder; fi
  done
done
for name in "${!programs[@]}"; do fact "$name" "${programs[$name]}"; done

echo '[layers]'
while IFS= read -r layer; do
  if [ -n "$layer" ]; then echo "$layer"; fi
done <<< "$LSHELL_LAYERS"

echo '[extensions]'
for extension in "$opt"/extensions/*; do echo "${extension##*/}"; done

echo '[dependencies]'
for jar in "$task"/lib/*.jar "$opt"/java/lib/*.jar; do
  name=${jar##*/}
  name=${name%.jar}
  if [[ $name =~ ^(.+)-([0-9].*)$ ]]; then
    fact "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  else
    echo "$name"
  fi
done
for file in "$task"/META-INF/maven/*/*/pom.properties; do
  if read_properties "$file"; then fact "${properties[artifactId]}" "${properties[version]}"; fi
done
echo '[end]'
