import '../../../renderer/styles/tokens.css'
import '../../../renderer/styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from '../../../renderer/app/app.tsx'
import { SCENARIOS } from './scenarios.ts'

/** The real page with a fake main, for looking at: `?scenario=` names what it shows. */
const name = new URLSearchParams(location.search).get('scenario') ?? 'first-run'
const root = document.getElementById('root')
const build = SCENARIOS[name]
if (root && build) {
  const { api, start } = build()
  createRoot(root).render(<App api={api} start={start} />)
} else {
  document.body.textContent = `There is no scenario “${name}”.`
}
