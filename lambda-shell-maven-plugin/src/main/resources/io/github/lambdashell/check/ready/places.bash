# Where the package and its layers are.
task=${LAMBDA_TASK_ROOT:-/var/task}
opt=/opt
if [ "$task" != /var/task ]; then
  # The local target without a root directory of its own for functions: /opt is the machine's, and the last folder of
  # libraries is that of the layers, as on Lambda.
  opt=${LD_LIBRARY_PATH##*:}
  opt=${opt%/lib}
fi
