package dev.capstan.server;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * What Spring is needed for: HTTP and JSON. All beans come from {@link CapstanServer}, put together
 * by hand.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class ServerApplication {}
