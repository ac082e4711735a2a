import type { I18n } from '@adonisjs/i18n'
import type { Cart } from '#cart/cart'
import type { DatabaseFailed } from '#exceptions/database_failed'
import type { OwnRows } from '#knowledge/own_rows'
import type { keptPage, Shown } from '#markup/kept_page'
import type { Flash } from '#markup/personal'
import type { Place } from '#places/place'
import type Shop from '#models/shop'
import type { CachedValue, SessionClock } from '#replication/session_clock'
import type { LeftSession } from '#sessions/left_session'

/** What middleware, and for pages `start/view.ts`, add to a request. */
declare module '@adonisjs/core/http' {
  export interface HttpContext {
    i18n: I18n
    /** Minimum freshness of this request's reads. */
    clock: SessionClock
    /** Logins that were just made from the page that this request comes from. */
    leftSessions: LeftSession[]
    cart: Cart
    /** Where the visitor is, if that is known. */
    place: Place | null
    /** How many orders wait for the owner who looks at the page; null when the page does not say it. */
    waiting: number | null
    /** What belongs to the person who asks. */
    own: OwnRows
    /** The owner's shop that the URL names. */
    shop: Shop
    /** The message that this page shows. */
    message?: Flash | null
    /** Shows a message on the next page. */
    flash(message: string, kind?: Flash['kind']): void
    /** True when htmx requests a fragment of the page. */
    readonly isFragment: boolean
    /** Renders the page, or under htmx only the fragment that the page includes. */
    page(template: string, partial: string, state?: Record<string, unknown>): Promise<string>
    /** `page`, for pages that are made of what the caches hold, and rendered once for each change. */
    keptPage(template: string, partial: string | null, shown: Shown): ReturnType<typeof keptPage>
    /** All that the answer depends on besides the request; null when some of it may have changed unnoticed. */
    madeOf?: CachedValue[] | null
    /** What each request for the same answer has to do: the headers that say so. @throws to be refused */
    eachTime?: () => Promise<string[]>
    /** The form was sent by the language switch. */
    isSwitched?: boolean
    /** Renders again with errors and input if validation fails, and with the input if only the language is switched. */
    whenInvalid(render: () => Promise<unknown>): void
    renderInvalid?: () => Promise<unknown>
    /** Why the answer is a 503. */
    databaseFailed?: DatabaseFailed
  }
}
