// Fetches and posts with node's client: node fetch.js CAFILE VERSION HOST PORT SIZE FILE; prints the digest of both answers.
const [ca, version, host, port, size, file] = process.argv.slice(2);
const fs = require('fs'), https = require('https'), crypto = require('crypto');
const options = {host: '127.0.0.1', port, servername: host, headers: {Host: host}, ca: fs.readFileSync(ca),
    minVersion: 'TLSv' + version, maxVersion: 'TLSv' + version, agent: new https.Agent({keepAlive: true})};

function send(method, path, body) {
    return new Promise((resolve, reject) => {
        const request = https.request({...options, method, path}, answer => {
            const hash = crypto.createHash('sha256'), protocol = answer.socket.getProtocol();
            let text = '';
            answer.on('data', part => { hash.update(part); if (method === 'POST') text += part; });
            answer.on('end', () => resolve({protocol, digest: hash.digest('hex'), text}));
        });
        request.on('error', reject);
        if (body) {
            request.setHeader('Content-Length', fs.statSync(body).size);
            fs.createReadStream(body).pipe(request);
        } else {
            request.end();
        }
    });
}
(async () => {
    const got = await send('GET', '/' + size), posted = await send('POST', '/', file);
    console.log(got.protocol, got.digest, posted.text);
    process.exit(0);
})().catch(error => { console.log(String(error)); process.exit(1); });
