'use strict';
// Runs the shell function for Node.js behind the Runtime API, as the client in Lambda's managed runtimes does. It serves
// no other function: the handler has to be one that awslambda.streamifyResponse returned. Errors have the forms that
// "Building a custom runtime for AWS Lambda" in Lambda's developer guide describes, and the types of Lambda's client.

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const STREAMS = Symbol('streams');
const agent = new http.Agent({ keepAlive: true });

/** What Lambda's runtimes offer to handlers as a global. */
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMS]: true }),
};

/** A request that is still to be ended, and the promise of its whole answer. */
function send(method, resource, headers) {
  const request = http.request(`${API}/${resource}`, { method, agent, headers });
  const answer = new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks = [];
      response.on('error', reject);
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
  });
  return { request, answer };
}

function describe(failure) {
  const isError = failure instanceof Error;
  return {
    errorType: isError ? failure.name : typeof failure,
    errorMessage: isError ? failure.message : String(failure),
    trace: isError ? String(failure.stack).split('\n') : [],
  };
}

function startFailure(type, message) {
  return Object.assign(new Error(message), { name: `Runtime.${type}` });
}

/** Finds FOLDER/MODULE.EXPORT in the function's code. */
async function load(name) {
  const [, module, exported] = /^([^.]*)\.(.+)$/.exec(path.basename(name)) ?? [];
  if (!module) {
    throw startFailure('MalformedHandlerName', 'Bad handler');
  }
  const file = path.join(process.env.LAMBDA_TASK_ROOT, path.dirname(name), module);
  const found = ['.js', '.mjs', '.cjs'].map((extension) => file + extension).find(fs.existsSync);
  if (!found) {
    throw startFailure('ImportModuleError', `Error: Cannot find module '${module}'`);
  }
  let loaded;
  try {
    loaded = await import(pathToFileURL(found));
  } catch (failure) {
    const type = failure instanceof SyntaxError ? 'UserCodeSyntaxError' : 'ImportModuleError';
    throw startFailure(type, String(failure));
  }
  const handler = loaded[exported] ?? loaded.default?.[exported];
  if (typeof handler !== 'function') {
    throw startFailure('HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (!handler[STREAMS]) {
    throw startFailure('HandlerNotFound', `the local target runs no Node.js function except for the shell, and ${name} is another one`);
  }
  return handler;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function stream(handler, event, context, resource) {
  const { request, answer } = send('POST', `${resource}/response`, {
    'Content-Type': 'application/octet-stream',
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    'Transfer-Encoding': 'chunked',
    Trailer: ['Lambda-Runtime-Function-Error-Type', 'Lambda-Runtime-Function-Error-Body'],
  });
  request.setNoDelay();
  request.setContentType = (type) => request.setHeader('Content-Type', type);
  try {
    await handler(event, request, context);
    if (!request.writableEnded) {
      throw new Error('the handler has not ended its response stream');
    }
  } catch (failure) {
    const error = describe(failure);
    console.error(error.trace.join('\n'));
    request.addTrailers({
      'Lambda-Runtime-Function-Error-Type': error.errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(error)).toString('base64'),
    });
    request.end();
  }
  await answer;
}

async function serve(handler) {
  const { request, answer } = send('GET', 'invocation/next', {});
  request.end();
  const { headers, body } = await answer;
  const context = contextOf(headers);
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
  await stream(handler, JSON.parse(body), context, `invocation/${context.awsRequestId}`);
}

async function reportInitError(failure) {
  const error = describe(failure);
  console.error(error.trace.join('\n'));
  const { request, answer } = send('POST', 'init/error', {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Function-Error-Type': error.errorType,
  });
  request.end(JSON.stringify(error));
  await answer;
}

async function main() {
  let handler;
  try {
    handler = await load(process.env._HANDLER);
  } catch (failure) {
    await reportInitError(failure);
    process.exit(1);
  }
  for (;;) {
    await serve(handler);
  }
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
