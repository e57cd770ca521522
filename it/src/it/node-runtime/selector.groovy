// The local target runs Node.js where this machine has it.
return ['sh', '-c', 'command -v node'].execute().waitFor() == 0
