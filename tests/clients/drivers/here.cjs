// Calls come as JSON on stdin, answers go as JSON to stdout; every host name leads to this machine.
const dns = require('node:dns')
const lookup = dns.lookup
dns.lookup = (_host, options, done) => lookup('127.0.0.1', options, done)

exports.answer = async methods => {
  const calls = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
  const answers = []
  for (const [method, ...rest] of calls) {
    try {
      answers.push((await methods[method](...rest)) ?? null)
    } catch (error) {
      answers.push(error.message)
    }
  }
  console.log(JSON.stringify(answers))
}
