import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** Fetches and posts with Java's client: {@code Fetch CAFILE VERSION URL SIZE FILE}; prints the digest of both answers. */
final class Fetch {
    public static void main(String[] args) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        try (var in = Files.newInputStream(Path.of(args[0]))) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + trusted.size(), one);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv" + args[1]});
        HttpClient client = HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
        HttpResponse<byte[]> got = client.send(HttpRequest.newBuilder(URI.create(args[2] + args[3])).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        HttpResponse<String> posted = client.send(HttpRequest.newBuilder(URI.create(args[2]))
                .POST(HttpRequest.BodyPublishers.ofFile(Path.of(args[4]))).build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(got.sslSession().orElseThrow().getProtocol() + " "
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(got.body())) + " " + posted.body());
    }

    private Fetch() {
    }
}
