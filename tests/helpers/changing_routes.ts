import router from '@adonisjs/core/services/router'

const ID = '0198c0de-0000-7000-8000-000000000000'
const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE']

const METHODS = ['PUT', 'DELETE']

/** All routes that change something, with the method override that forms use. */
export function changingRoutes() {
  const pages = router.toJSON().root.filter(({ pattern }) => !pattern.startsWith('/api/'))
  return pages.flatMap(({ methods, pattern }) => {
    const path = pattern.replace(':role', 'customer').replace(/:\w+/g, ID)
    return methods
      .filter((method) => CHANGING.includes(method))
      .flatMap((method) => [
        { method, path },
        ...(!METHODS.includes(method)
          ? []
          : [{ method: 'POST', path: `${path}?_method=${method}` }]),
      ])
  })
}
