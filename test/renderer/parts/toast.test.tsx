import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Button } from '../../../renderer/parts/button.tsx'
import {
  type Toast,
  ToastProvider,
  ToastRegion,
  useToasts,
} from '../../../renderer/parts/toast.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function Shower({ toast }: { readonly toast: Toast }) {
  const { show } = useToasts()
  return <Button onPress={() => show(toast)}>{`Show ${toast.text}`}</Button>
}

function showAll(...toasts: Toast[]) {
  render(
    <ToastProvider>
      {toasts.map((toast) => (
        <Shower key={toast.text} toast={toast} />
      ))}
      <ToastRegion />
    </ToastProvider>,
  )
  for (const { text } of toasts) fireEvent.click(screen.getByText(`Show ${text}`))
}

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))
const isShown = (text: string) => screen.queryByText(text) !== null

it.each([
  { toast: { text: 'Copied.' }, staysMs: 6_000 },
  { toast: { text: 'Written.', action: { label: 'Undo', onPress: () => {} } }, staysMs: 12_000 },
])('$toast.text stays $staysMs ms, in a region that is spoken', ({ toast, staysMs }) => {
  showAll(toast)
  expect(screen.getByRole('status').textContent).toContain(toast.text)
  pass(staysMs - 1)
  expect(isShown(toast.text)).toBe(true)
  pass(1)
  expect(isShown(toast.text)).toBe(false)
})

it('stays while the pointer or the focus is on it', () => {
  showAll({ text: 'Copied.' })
  fireEvent.pointerEnter(screen.getByText('Copied.'), { bubbles: true })
  act(() => screen.getByRole('button', { name: 'Close' }).focus())
  pass(60_000)
  expect(isShown('Copied.')).toBe(true)
})

it('shows two at most; the oldest goes', () => {
  showAll({ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' })
  expect([isShown('One.'), isShown('Two.'), isShown('Three.')]).toEqual([false, true, true])
})

it('does its act, closes, and gives the focus back', () => {
  const onPress = vi.fn()
  showAll({ text: 'Written.', action: { label: 'Undo', onPress } })
  const before = screen.getByText('Show Written.').closest('button')
  act(() => before?.focus())
  const undo = screen.getByRole('button', { name: 'Undo' })
  act(() => undo.focus())
  fireEvent.click(undo)
  expect(onPress).toHaveBeenCalledOnce()
  expect(isShown('Written.')).toBe(false)
  expect(document.activeElement).toBe(before)
})
