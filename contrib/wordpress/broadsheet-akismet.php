<?php
/**
 * Plugin Name: Akismet by Broadsheet
 * Description: Sends what the Akismet plugin asks to a Broadsheet spam service instead.
 * License: BSD-3-Clause
 *
 * Copy this file into wp-content/mu-plugins/ and add to wp-config.php:
 *
 *   define( 'BROADSHEET_AKISMET', 'https://paper.example' );  // the service's address, without a final slash
 *   define( 'WPCOM_API_KEY', 'twelve chars' );                // the key, from the service's page in the editor
 *   define( 'BROADSHEET_CALLBACK_SECRET', '64 characters' );  // optional: to be told of changed verdicts
 */

add_filter(
	'pre_http_request',
	function ( $answer, $arguments, $url ) {
		$found = preg_match( '#^https?://(?:[a-z0-9]{12}\.)?rest\.akismet\.com(/1\.[12]/.*)$#i', $url, $matches );
		if ( false !== $answer || ! $found || ! defined( 'BROADSHEET_AKISMET' ) ) {
			return $answer;
		}
		unset( $arguments['headers']['Host'] );
		return wp_remote_request( rtrim( BROADSHEET_AKISMET, '/' ) . $matches[1], $arguments );
	},
	10,
	3
);

// The plugin's own webhook wants to be shown the key, which the service does not keep: a signature stands for it.
add_filter(
	'rest_pre_dispatch',
	function ( $result, $server, $request ) {
		$signature = (string) $request->get_header( 'x_broadsheet_signature' );
		$is_signed = preg_match( '/^t=(\d+),v1=([0-9a-f]{64})$/', $signature, $parts );
		if ( '/akismet/v1/webhook' === $request->get_route() && $is_signed && defined( 'BROADSHEET_CALLBACK_SECRET' ) ) {
			$expected = hash_hmac( 'sha256', $parts[1] . '.' . $request->get_body(), BROADSHEET_CALLBACK_SECRET );
			if ( hash_equals( $expected, $parts[2] ) && abs( time() - (int) $parts[1] ) < 300 ) {
				$request->set_param( 'key', Akismet::get_api_key() );
			}
		}
		return $result;
	},
	10,
	3
);
