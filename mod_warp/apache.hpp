// The only door to httpd's and APR's headers, with the little that makes them fit C++.
#pragma once

// Directive setters are type-checked members of a union; httpd switches this off for C++ before
// C++20.
#define AP_HAVE_DESIGNATED_INITIALIZER 1

#include <httpd.h>
// httpd.h has to come first.
#include <ap_listen.h>
#include <ap_mpm.h>
#include <apr_portable.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <apr_thread_proc.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_main.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_log_config.h>
#include <mod_status.h>
#include <mpm_common.h>
#include <unixd.h>
#include <util_filter.h>

extern "C" {
APLOG_USE_MODULE(warp);
}
