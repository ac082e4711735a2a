import { test } from '@japa/runner'
import { upiLink } from '#orders/upi_link'

const PAYMENT = {
  upiId: 'gupta@okaxis',
  paise: 125_050,
  payee: 'Gupta & Sons (Kirana)',
  note: 'Order 7',
  reference: 'KG0123456789abN7',
}

const fieldOf = (link: string, name: string) => {
  return new RegExp(`[?&]${name}=([^&]*)`).exec(link)![1]
}

test.group('A UPI link', () => {
  test('has a raw @ in the address, and everything else encoded', ({ assert }) => {
    assert.equal(
      upiLink(PAYMENT),
      'upi://pay?pa=gupta@okaxis&pn=Gupta%20%26%20Sons%20%28Kirana%29&am=1250.50&cu=INR' +
        '&tn=Order%207&tr=KG0123456789abN7'
    )
  })

  for (const payee of [`A'B"C#D%E+F=G?H@I*J!`, 'गुप्ता किराना', '😀 Shop']) {
    test(`carries the name ${payee} so that apps read it back`, ({ assert }) => {
      const name = fieldOf(upiLink({ ...PAYMENT, payee }), 'pn')
      assert.match(name, /^[A-Za-z0-9._~%-]+$/)
      assert.equal(decodeURIComponent(name), payee)
    })
  }

  test('always has two decimals', ({ assert }) => {
    for (const [paise, text] of Object.entries({
      100: '1.00',
      105: '1.05',
      10_000_000: '100000.00',
    })) {
      assert.equal(fieldOf(upiLink({ ...PAYMENT, paise: Number(paise) }), 'am'), text)
    }
  })

  test('has a payee of at most 99 and a note of at most 50 characters, none cut in two', ({
    assert,
  }) => {
    const family = '👨‍👩‍👧'
    const longest = { payee: `${'a'.repeat(98)}${family}`, note: `${'a'.repeat(49)}कि` }
    const link = upiLink({ ...PAYMENT, ...longest })
    assert.equal(fieldOf(link, 'pn'), 'a'.repeat(98))
    assert.equal(fieldOf(link, 'tn'), 'a'.repeat(49))
    const syllables = upiLink({ ...PAYMENT, payee: 'कि'.repeat(60), note: `${'a'.repeat(50)}b` })
    assert.equal(decodeURIComponent(fieldOf(syllables, 'pn')), 'कि'.repeat(49))
    assert.equal(fieldOf(syllables, 'tn'), 'a'.repeat(50))
  })
})
