# Checks the role of calls to AWS: asks STS, signed by curl, and compares its answer with the pattern $expected.
if [ -z "$AWS_ACCESS_KEY_ID" ] || [ -z "$AWS_SECRET_ACCESS_KEY" ]; then
  echo "not ok - calls run under no identity: the environment has no credentials"
  exit
fi
region=${AWS_REGION:-us-east-1}
case $region in
  cn-*) suffix=amazonaws.com.cn ;;
  *) suffix=amazonaws.com ;;
esac
endpoint=${AWS_ENDPOINT_URL_STS:-${AWS_ENDPOINT_URL:-https://sts.$region.$suffix}}
# On standard input, because other processes can read a command line.
config="url = \"$endpoint/\"
user = \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"
aws-sigv4 = \"aws:amz:$region:sts\"
data = \"Action=GetCallerIdentity&Version=2011-06-15\"
max-time = 10
silent
show-error"
if [ -n "$AWS_SESSION_TOKEN" ]; then
  config="$config
header = \"X-Amz-Security-Token: $AWS_SESSION_TOKEN\""
fi
answer=$(curl --config - 2>&1 <<< "$config")
status=$?
if [ $status != 0 ]; then
  echo "STS could not be called at $endpoint: ${answer:-curl ended with $status} ($(curl --version 2>&1 | sed 's/ (.*//;q'))" >&2
  exit 3
fi
arn=${answer#*<Arn>}
if [ "$arn" = "$answer" ]; then
  message=${answer#*<Message>}
  echo "not ok - STS rejects the credentials: ${message%%</Message>*}"
  exit
fi
arn=${arn%%</Arn>*}
# Without quotes, so that it is a pattern.
case $arn in
  $expected) echo "ok - calls run under $arn" ;;
  *) echo "not ok - calls run under $arn, but expected $wanted" ;;
esac
