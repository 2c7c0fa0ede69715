// Names that nearly every request's environ has travel as one byte, and become prebuilt str objects
// in the worker.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace warp::wire {

// The code of a name is its index. Append only: the order is part of PROTOCOL.md's version. Code 0
// means that the name is spelled out.
inline constexpr std::array<std::string_view, 86> kEnvironKeys = {
    "",
    "REQUEST_METHOD",
    "REQUEST_URI",
    "QUERY_STRING",
    "SCRIPT_NAME",
    "PATH_INFO",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
    "SERVER_ADDR",
    "SERVER_ADMIN",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REMOTE_USER",
    "AUTH_TYPE",
    "DOCUMENT_ROOT",
    "REQUEST_SCHEME",
    "CONTEXT_PREFIX",
    "CONTEXT_DOCUMENT_ROOT",
    "SCRIPT_FILENAME",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "wsgi.url_scheme",
    "warp.request_id",
    "HTTP_HOST",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_CONNECTION",
    "HTTP_COOKIE",
    "HTTP_REFERER",
    "HTTP_ORIGIN",
    "HTTP_CACHE_CONTROL",
    "HTTP_PRAGMA",
    "HTTP_UPGRADE_INSECURE_REQUESTS",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_RANGE",
    "HTTP_AUTHORIZATION",
    "HTTP_EXPECT",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REQUESTED_WITH",
    "HTTP_X_REQUEST_ID",
    "HTTP_X_CSRFTOKEN",
    "HTTP_TRACEPARENT",
    "HTTP_SEC_FETCH_SITE",
    "HTTP_SEC_FETCH_MODE",
    "HTTP_SEC_FETCH_DEST",
    "HTTP_SEC_FETCH_USER",
    "HTTP_SEC_CH_UA",
    "HTTP_DNT",
    "HTTP_TE",
    "warp.connection_id",
    "warp.listener_host",
    "warp.listener_port",
    "warp.server_pid",
    "warp.script_name",
    "warp.path_info",
    "warp.mount_point",
    "warp.request_handler",
    "REDIRECT_STATUS",
    "REDIRECT_URL",
    "REDIRECT_QUERY_STRING",
    "SSL_TLS_SNI",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_VIA",
    "HTTP_KEEP_ALIVE",
    "HTTP_UPGRADE",
    "HTTP_PRIORITY",
    "HTTP_CONTENT_ENCODING",
    "HTTP_IF_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_SEC_CH_UA_MOBILE",
    "HTTP_SEC_CH_UA_PLATFORM",
    "HTTP_SEC_GPC",
    "HTTP_TRACESTATE",
    "warp.attempt",
};

// 0 for a name that has no code.
[[nodiscard]] std::uint8_t environ_code(std::string_view name);
// nullopt for a code that no version has given out, and for 0.
[[nodiscard]] std::optional<std::string_view> environ_name(std::uint8_t code);

}  // namespace warp::wire
