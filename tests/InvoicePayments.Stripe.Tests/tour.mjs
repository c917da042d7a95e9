// A tour of the double by Stripe's own client for Node. Every step that does not come out as with Stripe throws, and the last line says that all did.
import assert from 'node:assert/strict';
import Stripe from 'stripe';

const env = process.env;
const base = new URL(env.TOUR_BASE);
const stripe = new Stripe(env.TOUR_KEY, {
  host: base.hostname, port: Number(base.port), protocol: 'http', apiVersion: '2023-08-16', maxNetworkRetries: 0, telemetry: false,
});
const inPage = { enabled: true, allow_redirects: 'never' };

// Create, then confirm.
const made = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur', payment_method: 'pm_card_visa', automatic_payment_methods: inPage, metadata: { order: 'O-1' } });
assert.equal(made.status, 'requires_confirmation');
const confirmed = await stripe.paymentIntents.confirm(made.id);
assert.equal(confirmed.status, 'succeeded');
assert.equal(confirmed.amount_received, 2000);
assert.equal(confirmed.metadata.order, 'O-1');

// Authorize, then capture a part; another one is called off.
const held = { amount: 1500, currency: 'eur', payment_method: 'pm_card_visa', capture_method: 'manual', confirm: true, automatic_payment_methods: inPage };
const blocked = await stripe.paymentIntents.create(held);
assert.equal(blocked.status, 'requires_capture');
assert.equal((await stripe.paymentIntents.capture(blocked.id, { amount_to_capture: 900 })).amount_received, 900);
const other = await stripe.paymentIntents.create(held);
assert.equal((await stripe.paymentIntents.cancel(other.id, { cancellation_reason: 'abandoned' })).status, 'canceled');
await assert.rejects(stripe.paymentIntents.capture(other.id), (e) => e.code === 'payment_intent_unexpected_state' && e.payment_intent.status === 'canceled');

// Give back in parts, and no more than there is.
const refund = await stripe.refunds.create({ payment_intent: confirmed.id, amount: 500, reason: 'requested_by_customer' });
assert.equal(refund.status, 'succeeded');
await stripe.refunds.create({ payment_intent: confirmed.id });
await assert.rejects(stripe.refunds.create({ payment_intent: confirmed.id }), (e) => e.code === 'charge_already_refunded');
assert.equal((await stripe.refunds.list({ payment_intent: confirmed.id })).data.length, 2);

// Keys: the same request is the same answer, another one is an error, and so is what the description does not know.
const key = { idempotencyKey: 'tour-1' };
const first = await stripe.paymentIntents.create({ amount: 700, currency: 'eur' }, key);
assert.equal((await stripe.paymentIntents.create({ amount: 700, currency: 'eur' }, key)).id, first.id);
await assert.rejects(stripe.paymentIntents.create({ amount: 701, currency: 'eur' }, key), (e) => e instanceof Stripe.errors.StripeIdempotencyError);
if (env.TOUR_DESCRIBED) {
  await assert.rejects(stripe.paymentIntents.create({ amount: 1, currency: 'eur', nonsense: 1 }), (e) => e.code === 'parameter_unknown');
  await assert.rejects(stripe.paymentIntents.create({ amount: 1 }), (e) => e.code === 'parameter_missing');
}

// Declines and challenges.
await assert.rejects(
  stripe.paymentIntents.create({ amount: 700, currency: 'eur', payment_method: 'pm_card_chargeDeclinedInsufficientFunds', confirm: true, automatic_payment_methods: inPage }),
  (e) => e instanceof Stripe.errors.StripeCardError && e.decline_code === 'insufficient_funds' && e.payment_intent.status === 'requires_payment_method');
const challenged = await stripe.paymentIntents.create({ amount: 700, currency: 'eur', payment_method: 'pm_card_threeDSecure2Required', confirm: true, return_url: 'https://shop.example/back' });
assert.equal(challenged.status, 'requires_action');
assert.ok(challenged.next_action.redirect_to_url.url);

// Customers and methods, and a list that comes in pages.
const customer = await stripe.customers.create({ email: 'ada@example.com' });
const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
assert.equal((await stripe.paymentMethods.attach(method.id, { customer: customer.id })).customer, customer.id);
assert.equal((await stripe.paymentMethods.detach(method.id)).customer, null);
await assert.rejects(stripe.paymentMethods.detach(method.id), (e) => e instanceof Stripe.errors.StripeInvalidRequestError);
const fresh = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
const keeping = await stripe.paymentIntents.create({ amount: 700, currency: 'eur', customer: customer.id, payment_method: fresh.id, setup_future_usage: 'off_session', confirm: true, automatic_payment_methods: inPage });
assert.equal(keeping.setup_future_usage, 'off_session');
assert.equal((await stripe.paymentMethods.retrieve(fresh.id)).customer, customer.id);
const ids = [];
for await (const intent of stripe.paymentIntents.list({ limit: 2 })) ids.push(intent.id);
assert.equal(new Set(ids).size, ids.length);
for (const one of [made, blocked, other, first, challenged]) assert.ok(ids.includes(one.id));
assert.equal((await stripe.paymentIntents.retrieve(made.id, { expand: ['latest_charge'] })).latest_charge.object, 'charge');

// A page of a payment link.
const page = await stripe.checkout.sessions.create({
  mode: 'payment', success_url: 'https://shop.example/back',
  line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 700, product_data: { name: 'Invoice' } } }],
});
assert.equal(page.status, 'open');
assert.equal((await stripe.checkout.sessions.expire(page.id)).status, 'expired');

// Webhooks: what the double signs, the client takes, and nothing else.
const told = stripe.webhooks.constructEvent(env.TOUR_BODY, env.TOUR_HEADER, env.TOUR_SECRET);
assert.equal(told.object, 'event');
assert.throws(() => stripe.webhooks.constructEvent(env.TOUR_BODY + ' ', env.TOUR_HEADER, env.TOUR_SECRET));
assert.throws(() => stripe.webhooks.constructEvent(env.TOUR_BODY, env.TOUR_HEADER, 'another'));
console.log(`HEADER ${stripe.webhooks.generateTestHeaderString({ payload: env.TOUR_BODY, secret: env.TOUR_SECRET })}`);
console.log('TOUR DONE');
