module.exports = (_url, _options, callback) => callback(new Error('link previews are left out: see docs/wechaty.md'));
