// npm `@cedx/akismet`, by its baseUrl: <base> <key> <blog>
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const { answer } = require('./here.cjs')
const [base, key, blog] = process.argv.slice(2)
const { Author, Blog, CheckResult, Client, Comment } = await import(
  pathToFileURL(`${process.env.CLIENTS}/node_modules/@cedx/akismet/lib/index.js`)
)
const client = new Client(key, new Blog({ charset: 'UTF-8', languages: ['en'], url: blog }), {
  baseUrl: base
})
const comment = (content, name = 'Nadia') =>
  new Comment({
    author: new Author({ ipAddress: '192.0.2.7', name, userAgent: 'Firefox' }),
    content,
    context: ['bridges', 'town'],
    date: new Date('2026-03-14T12:00:00Z')
  })
const words = {
  [CheckResult.ham]: 'ham',
  [CheckResult.spam]: 'spam',
  [CheckResult.pervasiveSpam]: 'discard'
}

answer({
  verify: () => client.verifyKey(),
  check: async (content, name) => words[await client.checkComment(comment(content, name))],
  spam: content => client.submitSpam(comment(content)),
  ham: content => client.submitHam(comment(content))
})
