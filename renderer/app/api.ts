import { createContext, useContext } from 'react'
import type { Api } from '../../main/contract/api.ts'

const ApiContext = createContext<Api | null>(null)

/** Gives the page its one door to main: `<ApiProvider value={window.tokenDesk}>`; tests pass a fake. */
export const ApiProvider = ApiContext

/** The door to main. Its calls answer a Result and never reject. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new TypeError('The page needs an ApiProvider above it')
  return api
}
