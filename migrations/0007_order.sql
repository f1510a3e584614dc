-- What one chat is owed goes out in its order: an answer waits for those before it.
CREATE INDEX outbox_chat ON outbox (chat, state, created_at);
