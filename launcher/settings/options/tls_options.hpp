// HTTPS, and HTTP/2.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kTls = "HTTPS";

inline constexpr std::array kTlsOptions = {
    Option{.name = "https-port",
           .value_name = "N",
           .otherwise = "no HTTPS",
           .group = kTls,
           .help = "Port to listen on for HTTPS (TLS 1.2 and 1.3), beside the one for HTTP",
           .store = store_integer<&Settings::https_port>,
           .lowest = 1,
           .highest = 65535},
    Option{.name = "ssl-certificate",
           .value_name = "PATH",
           .group = kTls,
           .help = "Short for ssl-certificate-file PATH.crt and ssl-certificate-key-file PATH.key",
           .store = store_path<&Settings::ssl_certificate>},
    Option{.name = "ssl-certificate-file",
           .value_name = "FILE",
           .group = kTls,
           .help = "The server's certificate (PEM), followed by those of the authorities between "
                   "it and a root",
           .store = store_path<&Settings::ssl_certificate_file>},
    Option{.name = "ssl-certificate-key-file",
           .value_name = "FILE",
           .otherwise = "the certificate's file, if it holds the key too",
           .group = kTls,
           .help = "The certificate's private key (PEM), not encrypted",
           .store = store_path<&Settings::ssl_certificate_key_file>},
    Option{.name = "ssl-ca-certificate-file",
           .value_name = "FILE",
           .otherwise = "clients need no certificate",
           .group = kTls,
           .help = "Certificates (PEM) of the authorities whose clients are let in; every client "
                   "needs one, unless ssl-verify-client says where",
           .store = store_path<&Settings::ssl_ca_certificate_file>},
    Option{.name = "ssl-verify-client",
           .shape = Shape::kMany,
           .value_name = "URL",
           .group = kTls,
           .help = "A URL below which clients need a certificate, instead of everywhere",
           .store = store_texts<&Settings::ssl_verify_client>},
    Option{.name = "ssl-environment",
           .shape = Shape::kFlag,
           .group = kTls,
           .help = "Put mod_ssl's variables (SSL_PROTOCOL, SSL_CLIENT_S_DN, ...) into the WSGI "
                   "environ",
           .store = store_flag<&Settings::ssl_environment>},
    Option{.name = "https-only",
           .shape = Shape::kFlag,
           .group = kTls,
           .help = "Redirect (308) every request for HTTP to HTTPS",
           .store = store_flag<&Settings::https_only>},
    Option{.name = "hsts-policy",
           .value_name = "TEXT",
           .group = kTls,
           .help = "Strict-Transport-Security of each response over HTTPS, for instance "
                   "max-age=31536000",
           .store = store_text<&Settings::hsts_policy>},
    Option{.name = "http2",
           .shape = Shape::kFlag,
           .group = kTls,
           .help = "Speak HTTP/2 too: over HTTPS, and over HTTP with clients that start with it",
           .store = store_flag<&Settings::http2>},
};

}  // namespace warp
