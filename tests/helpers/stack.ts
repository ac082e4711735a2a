import { NativeStack } from '#infra/native/native_stack'

/** The stack of the suite; see `infra/native/with_stack.ts`. */
export const stack = NativeStack.open()
