echo "hello at $(date +%T)"
