"""How gunicorn serves Weft: few processes, some threads, nothing written outside the install."""

worker_class = "gthread"
workers = 2
threads = 4
# One import for all processes; nothing is connected before they part.
preload_app = True
timeout = 60
graceful_timeout = 30
keepalive = 5
umask = 0o077
loglevel = "warning"
# Its control socket would lie in the home folder and outlive the portal.
control_socket_disable = True
# Who a request comes from is settled by the portal's own setting, WEFT_PROXY_HOPS.
forwarded_allow_ips = ""
