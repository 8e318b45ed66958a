import '../styles/tokens.css'
import '../styles/base.css'
import { createRoot } from 'react-dom/client'
import type { Api } from '../../main/contract/api.ts'
import { App } from './app.tsx'

declare global {
  interface Window {
    /** The preload's bridge: the page's one door to main. */
    readonly tokenDesk: Api
  }
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<App api={window.tokenDesk} />)
