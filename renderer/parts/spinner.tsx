import './spinner.css'
import { Icon } from './icon.tsx'

/** Turns while something is under way; a still clock where motion is not wanted. The words stand beside it. */
export function Spinner() {
  return (
    <span className="spinner" aria-hidden="true">
      <span className="spinner-ring" />
      <Icon name="clock" />
    </span>
  )
}
