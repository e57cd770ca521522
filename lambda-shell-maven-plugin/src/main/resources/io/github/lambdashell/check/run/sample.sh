# Prints facts of this execution environment that may differ from one to the next, as lines "name=value".
cpus=0 model=
while IFS= read -r line; do
  case $line in
    processor*) cpus=$((cpus + 1)) ;;
    'model name'*) model=${line#*: } ;;
    'CPU part'*) model=${model:-part ${line#*: }} ;;
  esac
done < /proc/cpuinfo
echo "cpuModel=$model"
echo "cpus=$cpus"
read -r kernel < /proc/sys/kernel/osrelease
echo "kernel=$kernel"
for file in /etc/os-release /var/lang/release; do
  if [ -r "$file" ]; then
    while IFS== read -r name value; do
      value=${value#\"}
      value=${value%\"}
      case $name in
        PRETTY_NAME) echo "system=$value" ;;
        JAVA_RUNTIME_VERSION) echo "java=$value" ;;
      esac
    done < "$file"
  fi
done
while read -r name value unit; do
  if [ "$name" = MemTotal: ]; then echo "memory=$value KB"; fi
done < /proc/meminfo
df -P -k /tmp | while read -r _ blocks _; do
  if [ "$blocks" -gt 0 ] 2> /dev/null; then echo "tmp=$blocks KB"; fi
done
