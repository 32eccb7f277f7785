package org.relayd.ir.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words of openssl-ciphers(1), of OpenSSL 0.9 to 3 and of LibreSSL. */
final class CipherWords {
    /** Those that mean suites that are offered. */
    private static final Set<String> OFFERED = Set.of("ALL", "DEFAULT", "HIGH", "FIPS", "kECDHE", "kEECDH", "ECDHE",
            "EECDH", "ECDH", "aECDSA", "ECDSA", "aRSA", "AES128", "AES256", "AES", "AESGCM", "CHACHA20", "SHA", "SHA1",
            "TLSv1.2", "TLSv1", "SSLv3");

    /** Those that mean nothing that is offered here. */
    private static final Set<String> ABSENT = Set.of("COMPLEMENTOFALL", "COMPLEMENTOFDEFAULT", "MEDIUM", "LOW", "EXP",
            "EXPORT", "EXPORT40", "EXPORT56", "eNULL", "NULL", "aNULL", "kRSA", "RSA", "kDHr", "kDHd", "kDH", "kDHE",
            "kEDH", "DHE", "EDH", "DH", "ADH", "AECDH", "kECDH", "kECDHe", "kECDHr", "aECDH", "aDSS", "DSS", "aDH",
            "aNone", "TLSv1.0", "TLSv1.1", "SSLv2", "AESCCM", "AESCCM8", "AEAD", "ARIA", "ARIA128", "ARIA256",
            "ARIAGCM", "CAMELLIA", "CAMELLIA128", "CAMELLIA256", "CBC", "3DES", "DES", "RC4", "RC2", "IDEA", "SEED",
            "MD5", "SHA256", "SHA384", "GOST", "aGOST", "kGOST", "aGOST01", "aGOST94", "GOST94", "GOST89MAC",
            "STREEBOG256", "PSK", "kPSK", "aPSK", "kRSAPSK", "kECDHEPSK", "kDHEPSK", "SRP", "kSRP", "aSRP", "kFZA",
            "aFZA", "eFZA", "FZA", "aKRB5", "kKRB5", "KRB5", "SUITEB128", "SUITEB128ONLY", "SUITEB192", "SUITEB128C2");

    /** Names of single suites that are not offered. */
    private static final Pattern ABSENT_SUITE = Pattern.compile("(?:(?:EXP1024-|EXP-)?"
            + "(?:ECDHE-ECDSA|ECDHE-RSA|ECDHE-PSK|ECDHE|ECDH-RSA|ECDH-ECDSA|DHE-RSA|DHE-DSS|DHE-PSK|EDH-RSA|EDH-DSS"
            + "|DH-RSA|DH-DSS|ADH|AECDH|RSA-PSK|PSK|SRP-DSS|SRP-RSA|SRP|KRB5|GOST2001|GOST94)-)?"
            + "(?:AES(?:128|256)(?:-GCM|-CCM8?|-CBC)?|AES-(?:128|256)-CBC|CAMELLIA(?:128|256)|ARIA(?:128|256)-GCM"
            + "|CHACHA20-POLY1305|3DES-EDE-CBC|DES-CBC3|DES-CBC|RC4|RC2-CBC|NULL|SEED|IDEA-CBC|GOST89)"
            + "(?:-SHA|-SHA256|-SHA384|-MD5)?");

    /** The suites of TLS 1.3, which no list chooses, and the word that LibreSSL has for them all. */
    private static final Set<String> TLS13 = Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256",
            "AEAD-AES128-GCM-SHA256", "AEAD-AES256-GCM-SHA384", "AEAD-CHACHA20-POLY1305-SHA256", "TLSv1.3");

    private CipherWords() {}

    /** Returns whether a word is one of TLS 1.3. */
    static boolean isTls13(String word) {
        return TLS13.contains(word);
    }

    /** Returns whether OpenSSL or LibreSSL has the word, here or in any other version. */
    static boolean isKnown(String word) {
        return OFFERED.contains(word) || ABSENT.contains(word) || CipherSuite.named(word).isPresent()
                || ABSENT_SUITE.matcher(word).matches();
    }

    /** Returns whether a word means a suite. */
    static boolean means(String word, CipherSuite suite) {
        return word.equals(suite.word()) || word.equals(suite.tlsName()) || suite.isMeantBy(word);
    }

    /** Returns the words that somebody may have meant who wrote an unknown one. */
    static List<String> suggestions() {
        List<String> words = new ArrayList<>(OFFERED);
        words.addAll(ABSENT);
        words.addAll(TLS13);
        Stream.of(CipherSuite.values()).map(CipherSuite::word).forEach(words::add);
        return words;
    }
}
