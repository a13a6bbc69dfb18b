"""Certificates for machines: W3C Verifiable Credentials in the form of Open Badges 3.0, and their status lists.

Standards: Verifiable Credentials Data Model 2.0, Securing Verifiable Credentials using JOSE and COSE (RFC 7515 with
Ed25519, RFC 8037), Bitstring Status List 1.0, did:web, 1EdTech Open Badges 3.0.
"""
