// npm `akismet-api`, by its options: <base> <key> <blog>
const { answer } = require('./here.cjs')
const [base, key, blog] = process.argv.slice(2)
const { AkismetClient } = require(require.resolve('akismet-api', { paths: [process.env.CLIENTS] }))
const client = new AkismetClient({
  key,
  blog,
  protocol: 'http',
  host: `spam.example:${new URL(base).port}`,
  charset: 'UTF-8'
})
const visitor = { ip: '192.0.2.7', useragent: 'Firefox' }

answer({
  verify: () => client.verifyKey(),
  check: async (content, name = 'Nadia') =>
    (await client.checkSpam({ ...visitor, content, name })) ? 'spam' : 'ham',
  trapped: async content =>
    (await client.checkSpam({ ...visitor, content, honeypot: 'filled in' })) ? 'spam' : 'ham',
  spam: async content => (await client.submitSpam({ ...visitor, content })).text,
  ham: async content => (await client.submitHam({ ...visitor, content })).text
})
