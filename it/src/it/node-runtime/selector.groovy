// The local target runs Node.js only if this machine has it.
return ['sh', '-c', 'command -v node'].execute().waitFor() == 0
